"""Pages for staff, managers and the public: Jinja2, htmx, one stylesheet."""
