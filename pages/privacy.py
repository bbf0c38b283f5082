"""How is it made sure that no figure here says anything about one person?"""

import layout

reader = layout.reader()
say = reader.say

layout.heading(say("No individual, and how that is held"), 1)
layout.lead(
    say(
        "This site holds no data about any individual. This page says what that means for each dataset, and how the "
        "build proves it."
    )
)
layout.remarks(reader)
layout.announce(say("What is hidden in each dataset"))

layout.safety_table(reader)
layout.protected_details(reader)
layout.explained(reader)
layout.about_readers(reader)
layout.foot(reader, [])
