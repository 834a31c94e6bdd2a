"""Files that hold templates and forms, read strictly. Nothing above `app.form` is known here."""
