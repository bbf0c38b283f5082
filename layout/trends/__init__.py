"""How has it changed over time?"""
