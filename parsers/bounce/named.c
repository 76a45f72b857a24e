/* Of whom a report is: see named.h. */
#include "parsers/bounce/named.h"

#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/bounce/recipients.h"
#include "parsers/bounce/textual.h"
#include "parsers/message/field.h"

bool named_is_daemon(struct slice address) {
    return slice_starts_nocase(address, SLICE("mailer-daemon@")) ||
           slice_starts_nocase(address, SLICE("postmaster@"));
}

struct slice named_field(struct reading *r, struct slice name) {
    return field_value(r->arena, field_list_find(&r->m->fields, name));
}

void named_add_failed(struct reading *r) {
    struct slice header = r->m->parts->header;
    struct field f;
    while (header.len && field_next(&header, &f)) {
        if (!slice_equal_nocase(f.name, SLICE("x-failed-recipients")))
            continue;
        struct slice value = field_value(r->arena, f);
        while (value.len) {
            size_t comma = slice_find_char(value, ',');
            struct slice address = address_strip(slice_upto(value, comma));
            if (address_is_valid(address))
                recipient_find_or_add(r->b, address, r->arena);
            value = slice_from(value, comma + 1);
        }
    }
}

/* `own`: named_addressee, which is found once: looking for it takes the length of the header. */
static bool is_own_address(struct slice own, struct slice address) {
    return slice_equal_nocase(address, own) || named_is_daemon(address) ||
           slice_starts_nocase(address, SLICE("support@")) ||
           slice_starts_nocase(address, SLICE("helpdesk@"));
}

struct slice named_addressee(struct reading *r) {
    return address_strip(named_field(r, SLICE("to")));
}

void named_drop_own(struct reading *r) {
    struct recipient **link = &r->b->recipients;
    struct slice own = named_addressee(r);
    size_t kept = 0;
    for (const struct recipient *p = r->b->recipients; p; p = p->next)
        kept += !is_own_address(own, p->address);
    while (*link && kept) {
        if (is_own_address(own, (*link)->address)) {
            *link = (*link)->next;
            r->b->count--;
        } else {
            link = &(*link)->next;
        }
    }
    if (!kept)
        return;
    r->b->end = link;
    recipients_index(r->b, r->arena);
}

/* A report that no format reads further: the addresses in it that are not the reader's own. */
void named_add_in_text(struct reading *r) {
    struct slice rest = slice_upto(r->b->human, (size_t)16 << 10);
    struct slice own = named_addressee(r);
    struct slice line;
    for (int found = 0; found < 20 && slice_next_line(&rest, &line);) {
        struct slice address = address_in_text(line);
        if (!address.len || is_own_address(own, address) ||
            slice_starts_nocase(slice_trim(line), SLICE("from:")))
            continue;
        recipient_find_or_add(r->b, address, r->arena);
        found++;
    }
}

void named_add_returned(struct reading *r) {
    struct slice address = address_of_mailbox(r->b->returned.to);
    if (address.len)
        recipient_find_or_add(r->b, address, r->arena);
}

void named_add_sender(struct reading *r) {
    struct slice address = address_of_mailbox(named_field(r, SLICE("from")));
    if (address.len)
        recipient_find_or_add(r->b, address, r->arena);
}

void named_find(struct reading *r) {
    if (r->b->count == 0 && r->b->kind == KIND_BOUNCE)
        named_add_in_text(r);
    if (r->b->count == 0)
        named_add_returned(r);
    if (r->b->count == 0)
        recipient_add(r->b, r->arena);
}

static bool has_domain_with_dot(struct slice address) {
    struct slice domain = address_domain(address);
    return slice_find_char(domain, '.') < domain.len;
}

/* The name of a mailbox alone, as some write it: what else stands in the text is no better. */
static bool is_mailbox_name(struct slice s) {
    size_t n = 0;
    while (n < s.len && (ascii_is_alnum(s.ptr[n]) || strchr(".-_+", s.ptr[n])) && s.ptr[n])
        n++;
    return s.len && n == s.len;
}

/* A recipient that the report names by a file, a pipe or a channel: the address is elsewhere. */
static void mend_address(struct reading *r, struct recipient *p) {
    if (has_domain_with_dot(p->original) && !has_domain_with_dot(p->address) && address_is_valid(p->original))
        p->address = p->original;
    if (address_is_valid(p->address) || r->b->count != 1)
        return;
    struct slice better = address_is_valid(p->original) ? p->original : address_in_text(p->sentence);
    if (!better.len)
        better = address_strip(named_field(r, SLICE("x-failed-recipients")));
    if (!address_is_valid(better))
        better = address_in_text(r->b->human);
    if (is_mailbox_name(p->address) && !r->b->has_report && !slice_starts_nocase(better, p->address))
        return;
    if (better.len && !is_own_address(named_addressee(r), better))
        p->address = better;
}

#define FEW 20 /* recipients of whom the text may tell all at once */

void named_fill_gaps(struct reading *r) {
    bool is_of_all = r->b->count == 1 || (!r->b->has_report && r->b->count <= FEW);
    for (struct recipient *p = r->b->recipients; p; p = p->next) {
        mend_address(r, p);
        if (r->b->count == 1)
            phrases_apply(p, r->matcher, NULL, r->b->human, r->arena);
        else if (p->diagnostic.len && !p->host.len)
            phrases_apply(p, r->matcher, NULL, text_clean_block(r->arena, p->diagnostic), r->arena);
        if (!p->sentence.len && is_of_all)
            p->sentence = r->b->human;
    }
}

void named_add_challenger(struct reading *r) {
    struct slice from = address_of_mailbox(named_field(r, SLICE("from")));
    if (from.len && slice_find_nocase(r->b->human, from) < r->b->human.len)
        recipient_find_or_add(r->b, from, r->arena);
}
