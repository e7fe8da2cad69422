"""Sets a Markdown guideline as a PDF: headings, paragraphs and list items in Helvetica on A4, with page breaks.

usage: make_pdf.py GUIDELINE.md OUT.pdf

The same input gives the same bytes. Text is limited to Windows-1252; tables are not supported.
PDF 1.4 reference: https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/pdfreference1.4.pdf
"""

import re
import sys
import textwrap

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595, 842, 64
BODY_SIZE = 11
HEADING_SIZES = {"#": 18, "##": 15, "###": 12}
# Helvetica averages half an em a character in running text; bold is a little wider.
EM_PER_CHARACTER = {"F1": 0.5, "F2": 0.56}


def parse(markdown):
    """The front matter as a dict of its scalars, and the body."""
    _, front_matter, body = markdown.split("---\n", 2)
    fields = dict(re.findall(r"^(\w+): (.+)$", front_matter, re.M))
    return {key: value.strip('"') for key, value in fields.items()}, body


def set_line(text, font, size, indent=0, space_before=0.0):
    """Lines of (text, font, size, indent, leading) that fit between the margins."""
    characters = int((PAGE_WIDTH - 2 * MARGIN - indent) / (size * EM_PER_CHARACTER[font]))
    lines = textwrap.wrap(text, characters)
    return [(line, font, size, indent, size * 1.35 + (space_before if i == 0 else 0)) for i, line in enumerate(lines)]


def set_block(block):
    heading = re.match(r"(#+) (.*)", block)
    if heading:
        return set_line(heading.group(2), "F2", HEADING_SIZES[heading.group(1)], space_before=12)
    if block.startswith("- "):
        first, *rest = set_line(block[2:], "F1", BODY_SIZE, indent=14, space_before=3)
        return [("\u2022 " + first[0], "F1", BODY_SIZE, 4, first[4])] + rest
    return set_line(block, "F1", BODY_SIZE, space_before=7)


def set_pages(lines):
    pages, room = [], 0
    for line in lines:
        if room < line[4]:
            pages.append([])
            room = PAGE_HEIGHT - 2 * MARGIN
        pages[-1].append(line)
        room -= line[4]
    return pages


def literal(text):
    """A PDF string."""
    return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode("cp1252")) + b")"


def draw(page):
    """The content stream of a page."""
    commands, y = [], PAGE_HEIGHT - MARGIN
    for text, font, size, indent, leading in page:
        y -= leading
        commands.append(b"BT /%s %d Tf %d %.2f Td %s Tj ET" % (font.encode(), size, MARGIN + indent, y, literal(text)))
    return b"\n".join(commands)


def stream(data):
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def font(name):
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name


def write_objects(objects):
    """The file: objects numbered from 1 (catalogue first, information last), cross-reference table, trailer."""
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    count, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, count - 1, start)


def make_pdf(markdown):
    fields, body = parse(markdown)
    blocks = ["# " + fields["title"], "%s, %s" % (fields["organization"], fields["publication_date"])]
    blocks += [line for line in body.splitlines() if line]
    pages = set_pages([line for block in blocks for line in set_block(block)])
    page_numbers = range(5, 5 + 2 * len(pages), 2)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(b"%d 0 R" % n for n in page_numbers)),
        font(b"Helvetica"),
        font(b"Helvetica-Bold"),
    ]
    for number, page in zip(page_numbers, pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (PAGE_WIDTH, PAGE_HEIGHT, number + 1)
        )
        objects.append(stream(draw(page)))
    date = fields["publication_date"].replace("-", "")
    objects.append(
        b"<< /Title %s /Author %s /CreationDate (D:%s) >>"
        % (literal(fields["title"]), literal(fields["organization"]), date.encode())
    )
    return write_objects(objects)


def main(source, target):
    with open(source, encoding="utf-8") as file:
        pdf = make_pdf(file.read())
    with open(target, "wb") as file:
        file.write(pdf)


if __name__ == "__main__":
    main(*sys.argv[1:])
