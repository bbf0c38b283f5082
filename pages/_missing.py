"""What does a reader see who asks for a page that does not exist?"""

import layout

reader = layout.reader()
layout.show_missing(reader)
