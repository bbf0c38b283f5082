def new_place(root, name, files): return []
