/* Months: see month.h. Programs write them by strftime's %b (journalctl: systemd src/shared/logs-show.c), so
 * that they are those of glibc's locales: abmon of localedata/locales/de_DE and the others named below, seen
 * in glibc 2.36. Where two languages give one word to two months it is left out. */
#include "parsers/log/month.h"

static const char english[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

static const char *const others[12] = {
    /* de es fr it pt nl sv nb da fi pl cs hu tr ro ru uk bg el */
    " jan ene janv gen sty led oca ian янв січ яну Ιαν tammi ",
    " feb fev févr f\351vr lut úno \372no febr Şub фев лют Φεβ helmi ",
    " mar mär m\344r mrt mars bře márc m\341rc бер мар Μαρ maalis ",
    " apr avril abr avr april kwi dub ápr \341pr nis апр кві Απρ huhti ",
    " may mai mei mag maj kvě máj m\341j мая май тра Μαΐ touko ",
    " jun juin giu juni cze čen jún j\372n haz iun июн юни чер Ιουν kesä kes\344 ",
    " jul juil lug juli lip čec júl j\372l tem iul июл юли лип Ιουλ heinä hein\344 ",
    " aug ago août ao\373t sie srp ağu авг сер Αυγ elo ",
    " sep sept set wrz zář szept eyl сен сеп вер Σεπ syys ",
    " oct okt ott out paź říj eki окт жов Οκτ loka ",
    " nov lis kas ноя ное лис Νοε marras ",
    " dez dec dic déc d\351c des gru pro ara дек гру Δεκ joulu ",
};

/* "11月", "1월": the number, and a sign for the month. */
static int month_of_number(struct slice word) {
    size_t used;
    int number = slice_number(word, &used);
    struct slice sign = slice_from(word, number > 0 ? used : word.len);
    bool is_month = slice_equal(sign, SLICE("月")) || slice_equal(sign, SLICE("월"));
    return is_month && number <= 12 ? number : 0;
}

/* Does the word stand in the list? Letters of other alphabets are compared as they are. */
static bool stands_in(struct slice list, struct slice word) {
    for (size_t i = 0; i + word.len + 1 < list.len; i++)
        if (list.ptr[i] == ' ' && list.ptr[i + 1 + word.len] == ' ' &&
            slice_equal_nocase((struct slice){list.ptr + i + 1, word.len}, word))
            return true;
    return false;
}

/* What has other signs is none of them, and need not be looked for. */
static bool is_of_letters(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (!ascii_is_alpha(word.ptr[i]) && !(word.ptr[i] & 0x80))
            return false;
    return true;
}

int month_of_word(struct slice word) {
    for (int m = 0; word.len == 3 && m < 12; m++)
        if (memcmp(word.ptr, english + m * 3, 3) == 0)
            return m + 1;
    if (word.len && ascii_is_digit(word.ptr[0]))
        return month_of_number(word);
    if (word.len && word.ptr[word.len - 1] == '.')
        word.len--;
    if (word.len < 3 || word.len > 10 || !is_of_letters(word))
        return 0;
    for (int m = 0; m < 12; m++)
        if (stands_in(slice_of(others[m]), word))
            return m + 1;
    return 0;
}
