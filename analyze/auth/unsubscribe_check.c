/* One-click unsubscribing, of a message. It needs what DKIM found: its row is below that. */
#include "analyze/auth/unsubscribe_check.h"

#include "parsers/dns/tags.h"

static struct slice value_of(const struct mail_bytes *mail, const char *name) {
    return slice_trim(field_find(mail->header, slice_of(name)).raw);
}

/* Does a signature that passes cover both fields (RFC 8058 section 4)? */
static bool is_covered(const struct dkim_verdict *d) {
    for (; d; d = d->next)
        if (d->result == DKIM_PASS && tag_holds(d->tags->fields, ':', SLICE("list-unsubscribe")) &&
            tag_holds(d->tags->fields, ':', SLICE("list-unsubscribe-post")))
            return true;
    return false;
}

static bool is_open(const struct dkim_verdict *d) {
    for (; d; d = d->next)
        if (d->result == DKIM_UNCHECKED || d->result == DKIM_TEMPERROR)
            return true;
    return false;
}

static bool is_bulk(const struct mail_bytes *mail) {
    struct slice precedence = value_of(mail, "precedence");
    return value_of(mail, "list-id").len || slice_equal_nocase(precedence, SLICE("bulk")) ||
           slice_equal_nocase(precedence, SLICE("list"));
}

static void warn(struct check_list *list, struct slice domain, const char *result, const char *text,
                 const char *remedy) {
    check_remedy(list, check_add(list, &unsubscribe_check, CHECK_WARNING, result, domain, slice_of(text)),
                 slice_of(remedy));
}

static void check_unsubscribe(struct check_context *context) {
    const struct mail_bytes *mail = context->mail;
    struct auth *auth = context->auth;
    struct check_list *list = &auth->checks;
    struct slice domain = auth->transaction.from_domain;
    if (!mail)
        return;
    struct slice where = value_of(mail, "list-unsubscribe");
    struct slice post = value_of(mail, "list-unsubscribe-post");
    if (!where.len && !is_bulk(mail))
        return;
    if (!where.len)
        warn(list, domain, "none",
             "it is bulk mail and names no way to unsubscribe (List-Unsubscribe), which Gmail and Yahoo ask "
             "of bulk senders",
             "Add List-Unsubscribe with an https address, and List-Unsubscribe-Post (RFC 8058).");
    else if (slice_find_nocase(where, SLICE("<https:")) == where.len)
        warn(list, domain, "no-https",
             "List-Unsubscribe names no https address, so nobody can unsubscribe by one click (RFC 8058 "
             "section 3.1)",
             "Name an https address in List-Unsubscribe, beside or in the place of mailto:.");
    else if (!slice_equal_nocase(post, SLICE("List-Unsubscribe=One-Click")))
        warn(list, domain, "no-post",
             post.len
                 ? "List-Unsubscribe-Post does not say \"List-Unsubscribe=One-Click\" (RFC 8058 section 3.1)"
                 : "List-Unsubscribe-Post is missing, so nobody can unsubscribe by one click (RFC 8058 "
                   "section 3.1)",
             "Add \"List-Unsubscribe-Post: List-Unsubscribe=One-Click\".");
    else if (is_covered(auth->dkim))
        check_add(
            list, &unsubscribe_check, CHECK_PASS, "one-click", domain,
            SLICE(
                "readers can unsubscribe by one click, and a valid signature covers both fields (RFC 8058)"));
    else if (is_open(auth->dkim))
        check_add(list, &unsubscribe_check, CHECK_UNCHECKED, "unchecked", domain,
                  SLICE("List-Unsubscribe and List-Unsubscribe-Post are there; whether a valid signature "
                        "covers them is not "
                        "known"));
    else
        warn(list, domain, "unsigned",
             "List-Unsubscribe and List-Unsubscribe-Post are not both covered by a valid signature, so "
             "receivers offer no "
             "one-click unsubscribing (RFC 8058 section 4)",
             "Let DKIM sign both fields (h=).");
}

const struct check_kind unsubscribe_check = {
    .id = "unsubscribe", .label = "Unsubscribe", .run = check_unsubscribe, .is_of_message = true};
