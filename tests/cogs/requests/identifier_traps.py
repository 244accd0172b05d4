# SPDX-License-Identifier: MIT
"""More sentences with traps, written by the schemes' own rules: 70 that hold 69 identifiers."""

TRAPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # DOI: what ends a sentence, brackets, old and percent-encoded forms
    ("Has anyone got 10.1126/science.1157784?", ("doi:10.1126/science.1157784",)),
    ("Wanted: “10.1093/nar/gkw1099”…", ("doi:10.1093/nar/gkw1099",)),
    ("(see https://doi.org/10.1016/S0022-5193(05)80159-5)", ("doi:10.1016/s0022-5193(05)80159-5",)),
    ("[10.1016/0022-2836(81)90087-5]", ("doi:10.1016/0022-2836(81)90087-5",)),
    ("*10.1111/ele.12245*", ("doi:10.1111/ele.12245",)),
    ("`10.1890/ES13-00133.1`", ("doi:10.1890/es13-00133.1",)),
    ("<https://doi.org/10.5281/zenodo.3678326>", ("doi:10.5281/zenodo.3678326",)),
    ("[the article](https://doi.org/10.1038/s41586-020-2649-2)", ("doi:10.1038/s41586-020-2649-2",)),
    (
        "10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1, please",
        ("doi:10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1",),
    ),
    (
        "https://doi.org/10.1002/(SICI)1521-3951(199911)216:1%3C135::AID-PSSB135%3E3.0.CO;2-%23",
        ("doi:10.1002/(sici)1521-3951(199911)216:1<135::aid-pssb135>3.0.co;2-#",),
    ),
    (
        "10.1175/1520-0442(2000)013<1000:TNAOAO>2.0.CO;2.",
        ("doi:10.1175/1520-0442(2000)013<1000:tnaoao>2.0.co;2",),
    ),
    ("https://doi.org/10.1007%2F978-3-319-24277-4", ("doi:10.1007/978-3-319-24277-4",)),
    ("DOI 10.17487/RFC8259 (the standard)", ("doi:10.17487/rfc8259",)),
    ("DOI:10.2307/4486062", ("doi:10.2307/4486062",)),
    ("doi: https://doi.org/10.3390/su12010093.", ("doi:10.3390/su12010093",)),
    ("info:doi/10.1045/january99-bearman", ("doi:10.1045/january99-bearman",)),
    ("|doi = 10.1086/381590 |title = X", ("doi:10.1086/381590",)),
    ("version 10.4 of the program costs 10.99/month", ()),
    ("page 10.1000 is empty", ()),
    # DOIs inside publishers' addresses
    ("https://www.science.org/doi/10.1126/science.aaf5675", ("doi:10.1126/science.aaf5675",)),
    ("https://journals.sagepub.com/doi/abs/10.1177/0961000618769972", ("doi:10.1177/0961000618769972",)),
    ("https://pubs.acs.org/doi/10.1021/acs.jcim.9b00266?ref=pdf", ("doi:10.1021/acs.jcim.9b00266",)),
    ("https://www.nature.com/articles/s41586-020-2649-2", ("doi:10.1038/s41586-020-2649-2",)),
    ("https://academic.oup.com/nar/article-abstract/doi/10.1093/nar/gkv1070/2502", ("doi:10.1093/nar/gkv1070/2502",)),
    ("https://link.springer.com/chapter/10.1007/978-3-540-76298-0_52#citeas", ("doi:10.1007/978-3-540-76298-0_52",)),
    ("https://www.biorxiv.org/content/10.1101/2020.05.22.111161v1.full.pdf", ("doi:10.1101/2020.05.22.111161",)),
    ("https://www.degruyter.com/document/doi/10.1515/9783110255102/html", ("doi:10.1515/9783110255102",)),
    ("https://royalsocietypublishing.org/doi/full/10.1098/rsos.160384", ("doi:10.1098/rsos.160384",)),
    ("https://www.jstor.org/stable/10.1086/681021", ("doi:10.1086/681021",)),
    # ISBN: dashes of every sort, groups of other languages, letters of check
    ("ISBN 978–3–16–148410–0", ("isbn:9783161484100",)),
    ("ISBN: 978—3—16—148410—0", ("isbn:9783161484100",)),
    ("978 3 16 148410 0 (hardback)", ("isbn:9783161484100",)),
    ("ISBN 0-9752298-0-X.", ("isbn:9780975229804",)),
    ("isbn 097522980x", ("isbn:9780975229804",)),
    ("ISBN 99921-58-10-7, Doha", ("isbn:9789992158104",)),
    ("ISBN 85-359-0277-5; ISBN 960-425-059-0", ("isbn:9788535902778", "isbn:9789604250592")),
    ("ISBN-13: 978-0-13-235088-4 / ISBN-10: 0-13-235088-2", ("isbn:9780132350884", "isbn:9780132350884")),
    ("{{ISBN|978-0-13-235088-4}}", ("isbn:9780132350884",)),
    ("urn:isbn:0596520689", ("isbn:9780596520687",)),
    ("ISBN 978-3-16-148410-1 was misprinted", ()),
    ("call me at 030 1234567890", ()),
    ("https://www.amazon.de/dp/3161484100", ("url:https://www.amazon.de/dp/3161484100",)),
    # PubMed
    ("pmid:31452104", ("pmid:31452104",)),
    ("PMID 31452104; PMCID: PMC6765106.", ("pmid:31452104", "pmcid:PMC6765106")),
    ("|pmid=31452104|pmc=6765106}}", ("pmid:31452104", "pmcid:PMC6765106")),
    ("http://www.ncbi.nlm.nih.gov/pubmed/?term=31452104", ("pmid:31452104",)),
    ("https://pubmed.ncbi.nlm.nih.gov/31452104/?from_term=libraries", ("pmid:31452104",)),
    ("https://europepmc.org/article/MED/31452104", ("pmid:31452104",)),
    # arXiv
    ("arXiv:1706.03762v5 [cs.CL]", ("arxiv:1706.03762v5",)),
    ("https://arxiv.org/pdf/1706.03762v7.pdf", ("arxiv:1706.03762v7",)),
    ("hep-th/9711200 by Maldacena", ("arxiv:hep-th/9711200",)),
    ("arXiv:math.GT/0309136.", ("arxiv:math.GT/0309136",)),
    ("arxiv.org/abs/quant-ph/9508027v2", ("arxiv:quant-ph/9508027v2",)),
    ("https://doi.org/10.48550/arXiv.2005.14165", ("doi:10.48550/arxiv.2005.14165",)),
    # ISSN
    ("Nature (ISSN 0028-0836, e-ISSN 1476-4687)", ("issn:0028-0836", "issn:1476-4687")),
    ("ISSN: 1050-124x", ("issn:1050-124X",)),
    ("ISSN 0378–5955", ("issn:0378-5955",)),
    ("the years 1914-1918 and 1939-1945", ()),
    # OCLC
    ("OCLC 1087497954.", ("oclc:1087497954",)),
    ("oclc: ocn123456789", ("oclc:123456789",)),
    ("(OCoLC)ocm00012345", ("oclc:12345",)),
    ("https://www.worldcat.org/title/some-title/oclc/1087497954&referer=brief", ("oclc:1087497954",)),
    ("https://search.worldcat.org/de/title/1087497954", ("oclc:1087497954",)),
    # Wikidata
    ("https://www.wikidata.org/wiki/Q42#P31", ("wikidata:Q42",)),
    ("https://m.wikidata.org/wiki/Special:EntityPage/Q15700834", ("wikidata:Q15700834",)),
    ("(Q15700834)", ("wikidata:Q15700834",)),
    ("in Q4 2020 sales of the Q7 rose", ()),
    # web addresses
    (
        "Look: https://en.wikipedia.org/wiki/Library_(computing).",
        ("url:https://en.wikipedia.org/wiki/Library_(computing)",),
    ),
    ("(https://example.org/a?b=1&c=2)", ("url:https://example.org/a?b=1&c=2",)),
    (
        "https://web.archive.org/web/2019/https://doi.org/10.1000/182",
        ("url:https://web.archive.org/web/2019/https://doi.org/10.1000/182",),
    ),
)
