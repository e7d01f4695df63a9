"""What next year's money funds: status quo, raise, reduce, or both."""
