"""How fast is the dashboard, beside the plain page that most people would write over the same published files?"""
