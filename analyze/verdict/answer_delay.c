/* Where it waited: see answer_delay.h. */
#include "analyze/verdict/answer_delay.h"

#include "analyze/chain/boundary.h"
#include "analyze/chain/duration.h"
#include "analyze/verdict/waits.h"
#include "parsers/base/date.h"

#include <glib.h>

#define WORTH_ASKING 300         /* a mail that took less was not late */
#define WIDEST_ZONES (26 * 3600) /* seconds from -12:00 to +14:00 */
#define MOST_WAITS   3           /* told beside the longest */

/* Does the text have the name as a whole word? */
static bool has_name(struct slice text, struct slice name) {
    size_t at = name.len > 1 ? slice_find_nocase(text, name) : text.len;
    size_t end = at + name.len;
    return at > 0 && at < text.len && text.ptr[at - 1] == ' ' && (end == text.len || text.ptr[end] == ' ');
}

/* Does the note name the host that wrote the hop's field, whole or by its first part ("postgrey at gabe")? */
static bool names_host(const struct field_note *n, const struct hop *h) {
    struct slice host = hop_writer(h);
    return has_name(n->text, host) || has_name(n->text, slice_upto(host, slice_find_char(host, '.')));
}

static unsigned distance(const struct field_note *n, const struct wait *w) {
    unsigned at = w->hop->hop->position;
    return at > n->position ? at - n->position : n->position - at;
}

/* The wait that a greylisting note speaks of: of those at the host that it names, which may have taken the
 * mail in again from its list, the one whose field is nearest; NULL: it names none. */
static const struct wait *wait_of(const struct field_note *n, const struct waits *all) {
    const struct wait *best = NULL;
    for (const struct wait *w = all->list; w < all->list + all->count; w++)
        if (names_host(n, w->hop->hop) && (!best || distance(n, w) < distance(n, best)))
            best = w;
    return best;
}

/* The field in which a filter says how long it made the mail wait before this hop. One that names no host
 * stands directly above the hop's; a milter may have put it below all, where anyone could. */
static const struct field_note *greylist_of(const struct answering *a, const struct waits *all,
                                            const struct wait *w) {
    const struct delivery_path *mail = &a->report->mail;
    const struct chain_hop *end = mail->chain.hops + mail->chain.count;
    unsigned above = w->hop + 1 < end ? w->hop[1].hop->position : 0;
    const struct field_note *below = NULL;
    for (const struct field_note *n = mail->trace.field_notes; n; n = n->next) {
        if (strcmp(n->kind, "greylist") != 0)
            continue;
        const struct wait *named = wait_of(n, all);
        if (named == w || (!named && n->position > above && n->position < w->hop->hop->position))
            return n;
        below = named ? below : n;
    }
    return w->hop == mail->chain.boundary ? below : NULL;
}

/* "989" or "00:16:29" in seconds; -1: neither. */
static int64_t seconds_of(struct slice text) {
    int64_t all = 0;
    int64_t part = 0;
    for (size_t i = 0; i < text.len && i < 12; i++) {
        if (text.ptr[i] == ':') {
            all = (all + part) * 60;
            part = 0;
        } else if (g_ascii_isdigit(text.ptr[i])) {
            part = part * 10 + g_ascii_digit_value(text.ptr[i]);
        } else {
            return -1;
        }
    }
    return text.len ? all + part : -1;
}

static void tell_field(struct answering *a, const struct field_note *n) {
    bool is_own = field_note_trust(&a->report->mail.chain, n) == TRUST_OWN;
    BECAUSE(a, n->line, "%.*s%s", S(n->text), is_own ? "" : UNVERIFIED);
}

static void tell_greylist(struct answering *a, const struct field_note *n, const struct wait *w) {
    tell_field(a, n);
    if (seconds_of(n->value) > w->seconds + WORTH_ASKING)
        BECAUSE(
            a, n->line,
            "that counts from the first try of any mail of this sender and network to this recipient: this "
            "one waited %.*s",
            S(duration_words(a->arena, w->seconds)));
}

/* Notes of greylisting in a mail that was not late: they count from an earlier one. */
static void tell_earlier(struct answering *a, struct slice whole) {
    size_t told = 0;
    for (const struct field_note *n = a->report->mail.trace.field_notes; n && told < MOST_WAITS;
         n = n->next) {
        if (strcmp(n->kind, "greylist") != 0 || seconds_of(n->value) < WORTH_ASKING)
            continue;
        tell_field(a, n);
        BECAUSE(
            a, n->line,
            "that counts from the first try of any mail of this sender and network to this recipient: this "
            "one took %.*s in all",
            S(whole));
        told++;
    }
}

/* The field of that kind that says when it went on, where that was while the mail waited: when a list's
 * moderator let it go, or when somebody who had it resent it. */
static const struct field_note *released(const struct answering *a, const struct wait *w, const char *kind) {
    const struct field_note *n = a->report->mail.trace.field_notes;
    int64_t end = w->hop->hop->time;
    for (; n; n = n->next) {
        int64_t let_go = strcmp(n->kind, kind) == 0 ? date_parse(n->value) : -1;
        if (let_go != -1 && let_go > end - w->seconds && let_go < end + WORTH_ASKING)
            return n;
    }
    return NULL;
}

/* When the moderator let it go, and by which rule the list had held it. */
static void tell_moderation(struct answering *a, const struct field_note *held) {
    tell_field(a, held);
    for (const struct field_note *n = a->report->mail.trace.field_notes; n; n = n->next)
        if (strcmp(n->kind, "moderated") == 0 && date_parse(n->value) == -1)
            tell_field(a, n);
}

/* Does a field that came with the mail bear the name of the host that took the mail in from outside? */
static bool is_forged_before(const struct wait *w) {
    return w->hop->trust != HOP_UNVERIFIED && w->before->trust == HOP_UNVERIFIED &&
           slice_equal_nocase(hop_writer(w->before->hop), hop_writer(w->hop->hop));
}

static struct slice place(struct answering *a, const struct waits *all, const struct wait *w) {
    const struct field_note *greylist = greylist_of(a, all, w);
    struct slice writer = hop_writer_words(w->hop->hop);
    struct slice before = hop_writer_words(w->before->hop);
    const struct field_note *held = released(a, w, "moderated");
    const struct field_note *resent = released(a, w, "resent");
    if (hop_is_collected(w->hop->hop))
        return arena_printf(
            a->arena, "in the mailbox at %.*s until %.*s collected it (%.*s): that is no delay of delivery",
            S(before), S(writer), S(w->hop->hop->with));
    if (held) {
        tell_moderation(a, held);
        return arena_printf(a->arena, "at a list on %.*s, until a moderator let it go", S(before));
    }
    if (resent) {
        tell_field(a, resent);
        return arena_printf(
            a->arena,
            "after %.*s had delivered it, until somebody there resent it: that is no delay of "
            "delivery",
            S(before));
    }
    if (greylist) {
        tell_greylist(a, greylist, w);
        return arena_printf(a->arena, "because %.*s put it off (greylisting) until %.*s tried again",
                            S(writer), S(before));
    }
    if (is_forged_before(w))
        return arena_printf(a->arena,
                            "before %.*s had it, by a field in its own name that came with the mail: anyone "
                            "could have written that",
                            S(writer));
    if (slice_equal_nocase(before, writer))
        return arena_printf(a->arena, "within %.*s: in its queue, its filter or its mailing list", S(writer));
    return arena_printf(a->arena,
                        "at %.*s, until %.*s had it: in the queue of the one, or put off by the other",
                        S(before), S(writer));
}

/* The other waits that a sender or recipient would notice, in their order. */
static void tell_others(struct answering *a, const struct waits *all, const struct wait *but) {
    size_t told = 0;
    for (const struct wait *w = all->list; w < all->list + all->count && told < MOST_WAITS; w++) {
        const struct field_note *greylist = greylist_of(a, all, w);
        if (w != but && w->seconds < WORTH_ASKING && greylist && greylist != greylist_of(a, all, but) &&
            seconds_of(greylist->value) >= WORTH_ASKING)
            tell_field(a, greylist); /* more than this wait: also of those before, or of an earlier mail */
        if (w == but || w->seconds < WORTH_ASKING)
            continue;
        struct slice much = duration_words(a->arena, w->seconds);
        struct slice where = place(a, all, w);
        BECAUSE(a, w->hop->hop->line, "another %.*s %.*s", S(much), S(where));
        told++;
    }
}

static void tell_sides(struct answering *a, const struct waits *all) {
    const struct chain_hop *boundary = a->report->mail.chain.boundary;
    int64_t sides[3] = {0}; /* before the boundary, at it, behind it */
    if (!boundary)
        return;
    for (size_t i = 0; i < all->count; i++)
        sides[all->list[i].hop < boundary ? 0 : all->list[i].hop == boundary ? 1 : 2] += all->list[i].seconds;
    struct slice sender = duration_words(a->arena, sides[0]);
    struct slice between = duration_words(a->arena, sides[1]);
    struct slice own = duration_words(a->arena, sides[2]);
    BECAUSE(a, 0, "%.*s on the sender's side, %.*s at the hand-over to %.*s, %.*s on the recipient's side",
            S(sender), S(between), S(hop_writer_words(boundary->hop)), S(own));
}

/* Written after the first host had it, by the author's clock: one of the two is off, and the first wait then
 * is none. */
static void tell_date(struct answering *a) {
    size_t others = waits_of_other(a);
    const struct chain_hop *first = a->report->mail.chain.hops + others;
    if (others)
        BECAUSE(a, a->report->mail.chain.hops->hop->line,
                "%zu Received field%s below From %s older than its Date: of an earlier mail that it was made "
                "from, so no delay",
                others, others == 1 ? "" : "s", others == 1 ? "is" : "are");
    int64_t late = a->report->message.date - first->hop->time;
    if (a->report->message.date == -1 || first->hop->time == -1 || ABS(late) < WORTH_ASKING)
        return;
    struct slice much = duration_words(a->arena, ABS(late));
    if (late < 0)
        BECAUSE(
            a, first->hop->line,
            "the Date field is %.*s earlier than the time at which %.*s had it, the first host that noted "
            "one: until then it lay with its author or in a queue that no field shows, or a clock is off%s",
            S(much), S(hop_writer_words(first->hop)),
            waits_is_zone(-late) && -late <= WIDEST_ZONES ? " (as with the wrong time zone)" : "");
    else if (waits_is_zone(late))
        BECAUSE(a, first->hop->line,
                "the Date field is %.*s later than the time at which %.*s had it: the author's clock has the "
                "wrong time zone, or that host's",
                S(much), S(hop_writer_words(first->hop)));
    else
        BECAUSE(a, first->hop->line,
                "the Date field is %.*s later than the time at which %.*s had it: its clock is slow, and the "
                "wait "
                "after it so much shorter, or the author's is fast",
                S(much), S(hop_writer_words(first->hop)));
}

static enum confidence sureness(const struct answering *a, const struct wait *longest) {
    if (is_forged_before(longest))
        return CONFIDENCE_GUESS;
    return longest->hop->trust == HOP_UNVERIFIED || longest->before->trust == HOP_UNVERIFIED
               ? CONFIDENCE_LIKELY
               : answering_own(a);
}

/* Did it wait where it had been delivered, until its recipient collected or resent it? */
static bool is_kept_by_recipient(const struct answering *a, const struct wait *w) {
    return hop_is_collected(w->hop->hop) || released(a, w, "resent");
}

/* The longest wait: of those on the way, or else in the mailbox that it was collected or resent from. */
static const struct wait *longest_of(const struct answering *a, const struct waits *all, int64_t *total) {
    const struct wait *longest = NULL;
    const struct wait *kept = NULL;
    *total = 0;
    for (const struct wait *w = all->list; w < all->list + all->count; w++) {
        if (is_kept_by_recipient(a, w)) {
            kept = !kept || w->seconds > kept->seconds ? w : kept;
            continue;
        }
        *total += w->seconds;
        longest = !longest || w->seconds > longest->seconds ? w : longest;
    }
    return !longest || (kept && *total < WORTH_ASKING && kept->seconds >= WORTH_ASKING) ? kept : longest;
}

/* By so much that a wait worth asking for may hide in it? */
static bool runs_backwards(const struct waits *all) {
    for (const struct wait *w = all->list; w < all->list + all->count; w++)
        if (w->is_unknown && -w->hop->delay >= WORTH_ASKING)
            return true;
    return false;
}

void answer_delay(struct answering *a) {
    const struct chain *chain = &a->report->mail.chain;
    struct waits all = {.list = arena_alloc(a->arena, (chain->count + 1) * sizeof *all.list)};
    int64_t total;
    all.count = waits_find(a, all.list);
    if (all.count == 0) {
        ANSWER(a, "unknown", CONFIDENCE_NONE, "Not known: %s",
               chain->count          ? "only one Received field has a time"
               : a->report->is_piece ? NO_RECEIVED_GIVEN
                                     : "it has no Received field");
        return;
    }
    const struct wait *longest = longest_of(a, &all, &total);
    bool is_kept = is_kept_by_recipient(a, longest);
    struct slice whole = duration_words(a->arena, total);
    if (total < WORTH_ASKING && !is_kept && runs_backwards(&all)) {
        ANSWER(a, "unknown", CONFIDENCE_NONE, "Not known: the times in its Received fields run backwards");
        tell_date(a);
        return;
    }
    if (total < WORTH_ASKING && !is_kept) {
        ANSWER(a, "no", sureness(a, longest), "No: it took %.*s, from %.*s to %.*s", S(whole),
               S(hop_writer_words(all.list->before->hop)),
               S(hop_writer_words(all.list[all.count - 1].hop->hop)));
        tell_earlier(a, whole);
        tell_date(a);
        return;
    }
    struct slice much = duration_words(a->arena, longest->seconds);
    struct slice where = place(a, &all, longest);
    struct slice of = !is_kept && total - longest->seconds > CLOCK_SKEW
                          ? arena_printf(a->arena, " of %.*s", S(whole))
                          : SLICE_EMPTY;
    ANSWER(a, is_kept ? "no" : "yes", sureness(a, longest), "%s: %.*s%.*s %.*s", is_kept ? "No" : "Yes",
           S(much), S(of), S(where));
    tell_others(a, &all, longest);
    tell_date(a);
    tell_sides(a, &all);
}
