"""What the third decision point proposes near the end of an agreement."""
