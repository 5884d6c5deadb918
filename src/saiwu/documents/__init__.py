"""Forms, tables, certificates, the bulletin, the calendar, QR codes: values in, bytes out.

Pure: no database, no clock, no setting, no chance. A module a document, each with a frozen dataclass of values and
`render(values) -> bytes`; the same values give the same bytes in any process, time zone and locale.

Words of this room: *printed* means drawn with the fonts that ship (PDF); a DOCX or XLSX carries characters only, and is
drawn by the fonts of whoever opens it.
"""
