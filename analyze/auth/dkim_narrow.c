/* What is known of a failure that nothing explains: see dkim_narrow.h. */
#include "analyze/auth/dkim_narrow.h"

#include "analyze/auth/digest.h"
#include "analyze/auth/dkim_copied.h"
#include "parsers/base/text.h"
#include "parsers/dns/tags.h"
#include "parsers/message/field.h"
#include "parsers/message/message.h"
#include "parsers/message/signature.h"

#include <glib.h>

#define MOST_NAMES     200 /* bytes of a list of names */
#define MOST_OF_COPIES 3   /* told */
#define MOST_ARC_SETS  50  /* RFC 8617 section 4.2.1 */
#define MOST_COPIES    100 /* looked for in z= */
#define MOST_OF_BODY   ((size_t)1 << 20)

static struct slice joined(struct arena *arena, struct slice list, struct slice name) {
    return arena_printf(arena, "%.*s%s%.*s", S(list), list.len ? ", " : "", S(name));
}

/* What is signed and not there: removed, or signed so that nobody may add it. */
static struct slice missing(const struct header_fields *fields, const struct signature *s,
                            struct arena *arena) {
    struct slice list = s->fields;
    struct slice names = SLICE_EMPTY;
    while (list.len && names.len < MOST_NAMES) {
        struct slice name = slice_trim(slice_upto(list, slice_find_char(list, ':')));
        list = slice_from(list, slice_find_char(list, ':') + 1);
        char *text = arena_string(arena, text_upto(name, 60));
        if (name.len && !header_value(fields, text).ptr)
            names = joined(arena, names, slice_of(text));
    }
    return names;
}

static struct slice differing(const struct header_fields *fields, struct slice own, const struct signature *s,
                              struct arena *arena) {
    struct slice list = SLICE_EMPTY;
    unsigned told = 0;
    unsigned asked = 0;
    bool has_any = tag_find(own, SLICE("z")).len > 0;
    for (size_t i = 0; has_any && i < fields->count && told < MOST_OF_COPIES && asked < MOST_COPIES; i++) {
        struct field f = fields->fields[i];
        struct slice copy = tag_holds(s->fields, ':', f.name) ? dkim_copied(own, f.name, arena) : SLICE_EMPTY;
        if (!copy.ptr || slice_equal(text_clean_line(arena, copy), text_clean_line(arena, slice_trim(f.raw))))
            continue;
        struct slice was = text_shown(arena, copy, 80);
        list = arena_printf(arena, "%.*s%s%.*s (it was \"%.*s\")", S(list), list.len ? ", " : "",
                            S(text_upto(f.name, 60)), S(was));
        told++;
    }
    return list;
}

/* The signed fields that are there, those first that lists, gateways and providers are seen to change. */
static struct slice suspects(const struct header_fields *fields, const struct signature *s,
                             struct arena *arena) {
    static const char *const order[] = {
        "Subject",    "From", "Reply-To", "To",           "Cc",
        "Message-ID", "Date", "Sender",   "Content-Type", "Content-Transfer-Encoding"};
    struct slice list = SLICE_EMPTY;
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        if (tag_holds(s->fields, ':', slice_of(order[i])) && header_value(fields, order[i]).ptr)
            list = joined(arena, list, slice_of(order[i]));
    return list;
}

struct slice dkim_narrow_header(const struct header_fields *fields, struct slice own,
                                const struct signature *s, struct arena *arena) {
    struct slice gone = missing(fields, s, arena);
    struct slice copies = differing(fields, own, s, arena);
    struct slice often = suspects(fields, s, arena);
    struct slice from = text_clean_line(arena, header_value(fields, "From"));
    bool is_via = tag_holds(s->fields, ':', SLICE("From")) && slice_find(from, SLICE(" via ")) < from.len;
    struct slice text = SLICE("no single change that was tried explains it");
    if (gone.len)
        text = arena_printf(arena, "%.*s; signed and missing here: %.*s (removed, or never there)", S(text),
                            S(gone));
    if (copies.len)
        text = arena_printf(arena, "%.*s; by the copies that the signature kept (z=), changed: %.*s", S(text),
                            S(copies));
    if (is_via)
        text = arena_printf(arena,
                            "%.*s; From is written as lists write it that put themselves there (\"%.*s\")",
                            S(text), S(text_short(arena, from, 80)));
    if (often.len)
        text = arena_printf(
            arena,
            "%.*s; of the signed fields, those that are changed most often on the way come first: %.*s",
            S(text), S(often));
    return text;
}

/* --- the body --- */

/* Whose filter leaves this in a body that it changed. */
static struct slice marks(const struct mail_bytes *mail, struct arena *arena) {
    static const struct {
        const char *text, *whose;
    } rows[] = {{"safelinks.protection.outlook.com/", "Microsoft (Safe Links)"},
                {"//urldefense.com/v3/", "Proofpoint"},
                {"//urldefense.proofpoint.com/", "Proofpoint"},
                {"//linkprotect.cudasvc.com/", "Barracuda"},
                {"//secure-web.cisco.com/", "Cisco"},
                {"mimecastprotect.com/", "Mimecast"}};
    struct slice body = slice_upto(mail->body, MOST_OF_BODY);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (slice_find_nocase(body, slice_of(rows[i].text)) < body.len)
            return arena_printf(
                arena,
                "; it has links that %s rewrote, which alone breaks the hash if that was after signing",
                rows[i].whose);
    return SLICE_EMPTY;
}

/* Text that is to hold other letters than ASCII's, and has question marks inside words in their place. */
static struct slice lost_letters(const struct mail_bytes *mail) {
    struct slice body = slice_upto(mail->body, MOST_OF_BODY);
    struct slice type = field_find(mail->header, SLICE("content-type")).raw;
    bool is_utf8 = slice_find_nocase(type, SLICE("utf-8")) < type.len ||
                   slice_find_nocase(body, SLICE("charset=utf-8")) < body.len;
    unsigned inside = 0;
    for (size_t i = 0; i < body.len; i++) {
        if (body.ptr[i] & 0x80)
            return SLICE_EMPTY;
        bool is_inside = i && i + 1 < body.len && body.ptr[i] == '?' && ascii_is_alpha(body.ptr[i + 1]) &&
                         (ascii_is_alpha(body.ptr[i - 1]) || body.ptr[i - 1] == '?');
        inside += is_inside;
    }
    return is_utf8 && inside ? SLICE("; question marks stand inside words: letters that are not ASCII were "
                                     "turned into them on the way, which alone breaks the hash")
                             : SLICE_EMPTY;
}

static struct slice lost_attachment(const struct header_fields *fields, const struct mail_bytes *mail) {
    bool is_promised = slice_equal_nocase(slice_trim(header_value(fields, "X-MS-Has-Attach")), SLICE("yes"));
    bool is_there = slice_find_nocase(mail->body, SLICE("filename")) < mail->body.len ||
                    slice_find_nocase(mail->body, SLICE("attachment")) < mail->body.len;
    return is_promised && !is_there
               ? SLICE("; the sender's Exchange noted an attachment (X-MS-Has-Attach), and none is here")
               : SLICE_EMPTY;
}

/* The highest ARC set whose signature has the body hash that was signed, hashed in the same way. */
static struct slice last_whole(const struct header_fields *fields, const struct signature *s,
                               struct arena *arena) {
    struct signature best = {0};
    unsigned sets = 0;
    for (size_t i = 0; i < fields->count && sets < MOST_ARC_SETS; i++) {
        struct signature ams = {0};
        if (!slice_equal_nocase(fields->fields[i].name, SLICE("ARC-Message-Signature")))
            continue;
        sets++;
        signature_parse(fields->fields[i].raw, SIGNATURE_ARC_MESSAGE, arena, &ams);
        if (ams.is_relaxed_body == s->is_relaxed_body && ams.length == s->length &&
            digest_of(&ams) == digest_of(s) && slice_equal(ams.body_hash, s->body_hash) &&
            ams.instance > best.instance)
            best = ams;
    }
    if (!best.instance)
        return SLICE_EMPTY;
    return arena_printf(
        arena,
        "; the ARC set %u of %.*s has the body hash that was signed: if that set is genuine, the "
        "body was changed after it",
        best.instance, S(text_upto(text_clean_line(arena, best.domain), 100)));
}

struct slice dkim_narrow_body(const struct header_fields *fields, const struct mail_bytes *mail,
                              const struct signature *s, struct arena *arena) {
    struct slice long_words =
        s->length >= 0
            ? arena_printf(arena, "; %" G_GINT64_FORMAT " bytes of the body were signed (l=)", s->length)
            : SLICE("; how long it was when it was signed is not known (no l=), so a cut, a part that was "
                    "taken "
                    "out and a changed word look alike");
    return arena_printf(arena, "no change of the body that was tried explains it%.*s%.*s%.*s%.*s%.*s",
                        S(long_words), S(lost_letters(mail)), S(marks(mail, arena)),
                        S(lost_attachment(fields, mail)), S(last_whole(fields, s, arena)));
}
