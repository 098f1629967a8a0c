"""The page that shows how right waiting times were last week."""
