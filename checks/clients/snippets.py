"""Extracts programs from documents: a fenced block after <!-- run: NAME --> becomes the file NAME."""
import re
import sys
from pathlib import Path

target, documents = Path(sys.argv[1]), sys.argv[2:]
target.mkdir(parents=True, exist_ok=True)
names = []
for document in documents:
    text = Path(document).read_text(encoding="utf-8")
    found = re.findall(r"<!-- run: (\S+) -->\n```\w+\n(.*?)\n```", text, re.DOTALL)
    if len(found) != text.count("<!-- run:"):
        sys.exit(f"{document}: a <!-- run: --> is not followed by a fenced block")
    for name, program in found:
        if name in names:
            sys.exit(f"{document}: {name} occurs twice")
        (target / name).write_text(program + "\n", encoding="utf-8")
        names.append(name)
print(f"{len(names)} programs: {', '.join(names)}")
