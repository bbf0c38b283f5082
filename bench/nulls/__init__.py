"""How often does a verdict say a change where there is none?"""
