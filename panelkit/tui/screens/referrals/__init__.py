"""Referrals on screen: which wait, one recorded, one screened."""
