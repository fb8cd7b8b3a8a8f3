"""The newsroom's wire formats: what each file says of its articles, as plain text.

Each format is one module (`read_…`; `sniff` says which files are of one). Its articles are
`Told` or, where an item is no article, `Refused` by name. Bytes in, values out: any bytes give one or
the other, nothing is fetched, no entity is opened, no DTD loaded.

formats      which format a file is, by its content; what reads each: start here
ninjs        IPTC ninjs 1.x, 2.x, 3.x
newsml_g2    NewsML-G2: items, messages of several, packages
newsml_1     NewsML 1.x
nitf         NITF 3.x, by itself or as the body of another
syndication  RSS and Atom
anpa         ANPA 1312
iptc7901     IPTC 7901, and the older ZCZC … NNNN
telex        what the two have in common: controls, takes, columns, headline, byline, date
telex_headers  how their messages begin
sniff        whether a file is of a wire format at all, by its first bytes
draft        an item as it is collected, and the one way it becomes an article or is refused
habits       what agencies write around a text: datelines, notes above, marks and initials below
item         bylines and sources: people apart from agencies
markup       HTML, NITF and their kin to blocks
safe_xml     bytes to a tree: no entities, no network, bounded
moments      dates as the wire writes them
subjects     labels of IPTC codes
"""
