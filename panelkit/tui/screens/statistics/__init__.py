"""The statistics screen: annual tables, who is behind a cell, what is missing, histories of cases."""
