"""The public edition: what may be published of a workbook, as pages and files anyone can use."""
