"""Who has which referral and case on screen, and the analysis of referrals."""
