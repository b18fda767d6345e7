"""The dialogs: each a modal screen that gives back a value, or None where it was left by Esc."""
