/* Words by which a reply leaves something open, in the languages that replies come in: read by hedged.c
 * alone. A further word is a row. */
#ifndef MAILWHY_HEDGED_WORDS_H
#define MAILWHY_HEDGED_WORDS_H

#include "parsers/base/slice.h"

/* What may be. */
static const struct slice hedges[] = {
    SLICE("may"),
    SLICE("might"),
    SLICE("could"),
    SLICE("maybe"),
    SLICE("perhaps"),
    SLICE("possibly"),
    SLICE("possible"),
    SLICE("m\u00f6glicherweise"),
    SLICE("m\u00f6gliche"),
    SLICE("vielleicht"),
    SLICE("eventuell"),
    SLICE("k\u00f6nnte"),
    SLICE("peut-\u00eatre"),
    SLICE("pourrait"),
    SLICE("possibles"),
    SLICE("quiz\u00e1s"),
    SLICE("quiz\u00e1"),
    SLICE("posiblemente"),
    SLICE("podr\u00eda"),
    SLICE("forse"),
    SLICE("potrebbe"),
    SLICE("possibili"),
    SLICE("talvez"),
    SLICE("possivelmente"),
    SLICE("misschien"),
    SLICE("mogelijk"),
    SLICE("mo\u017ce"),
    SLICE("mo\u017cliwe"),
    SLICE("\u0432\u043e\u0437\u043c\u043e\u0436\u043d\u043e"),
};

/* Behind "may" and "could" these make it an order, or something that was tried. */
static const struct slice orders[] = {SLICE("not"),   SLICE("only"),  SLICE("no"),
                                      SLICE("never"), SLICE("nicht"), SLICE("nie")};

/* What depends on something, and what is an example. */
static const struct slice conditions[] = {SLICE("if"),    SLICE("whether"), SLICE("e.g"),
                                          SLICE("falls"), SLICE("wenn"),    SLICE("ob")};

/* What announces several reasons, of which one is true. */
static const struct slice lists[] = {SLICE("one of the following"), SLICE("following reasons"),
                                     SLICE("any of the following"), SLICE("folgenden gr\u00fcnde"),
                                     SLICE("raisons suivantes"),    SLICE("siguientes motivos"),
                                     SLICE("siguientes razones"),   SLICE("seguenti motivi"),
                                     SLICE("seguintes motivos"),    SLICE("volgende redenen")};

/* The Dutch "of" is left out: in English it is everywhere. */
static const struct slice ors[] = {SLICE("or"),
                                   SLICE("oder"),
                                   SLICE("ou"),
                                   SLICE("o"),
                                   SLICE("lub"),
                                   SLICE("albo"),
                                   SLICE("\u0438\u043b\u0438")};

#endif
