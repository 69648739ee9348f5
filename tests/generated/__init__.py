"""Generated hostile content: each input comes from one number, and none may break anything."""
