/* What a pasted session shows beside its refusal: see session_remarks.h. */
#include "analyze/verdict/session_remarks.h"

#include "parsers/base/organisation.h"
#include "parsers/base/text.h"

struct remarks {
    struct remark *first, **end;
    struct arena *arena;
};

static void add(struct remarks *r, const char *about, bool is_fault, struct slice text) {
    struct remark *remark = arena_alloc(r->arena, sizeof *remark);
    *remark = (struct remark){NULL, about, is_fault, text_clean_line(r->arena, text)};
    *r->end = remark;
    r->end = &remark->next;
}

/* A name that others can look up: with a dot in it, and of no private zone. */
static bool is_full_name(struct slice name) {
    static const struct slice zones[] = {SLICE(".local"), SLICE(".localdomain"), SLICE(".internal"),
                                         SLICE(".lan"),   SLICE(".home"),        SLICE(".invalid")};
    size_t dot = slice_find_char(name, '.');
    if (dot == 0 || dot + 1 >= name.len)
        return false;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (name.len > zones[i].len &&
            slice_equal_nocase(slice_from(name, name.len - zones[i].len), zones[i]))
            return false;
    return true;
}

static void remark_on_banner(struct remarks *r, const struct session *s) {
    if (!s->banner.len)
        return;
    if (!is_full_name(s->banner))
        add(r, "banner", true,
            arena_printf(r->arena,
                         "the server greets as \"%.*s\", which is no full name that others can look up",
                         S(s->banner)));
    else if (s->connected.len && !organisation_is_same(s->banner, s->connected))
        add(r, "banner", true,
            arena_printf(r->arena, "the server was reached as %.*s and greets as %.*s", S(s->connected),
                         S(s->banner)));
    if (s->answered.len && is_full_name(s->answered) && !slice_equal_nocase(s->answered, s->banner))
        add(r, "banner", true,
            arena_printf(r->arena, "the server greets as %.*s and answers EHLO as %.*s", S(s->banner),
                         S(s->answered)));
}

/* Of the host that greets, or, where it has another name, of the one that calls. */
static void remark_on_reverse(struct remarks *r, const struct session *s) {
    if (!s->reverse.len)
        return;
    bool is_servers = slice_equal_nocase(s->reverse, s->banner);
    bool is_clients = slice_equal_nocase(s->reverse, s->helo);
    if (is_servers || is_clients)
        add(r, "ptr", false,
            arena_printf(r->arena, "the reverse name %.*s is the one in the %s", S(s->reverse),
                         is_servers ? "greeting" : "HELO"));
    else if (s->banner.len || s->helo.len)
        add(r, "ptr", true,
            arena_printf(r->arena,
                         "the reverse name %.*s is neither the name in the greeting (%.*s) nor that in "
                         "HELO (%.*s)",
                         S(s->reverse), S(s->banner.len ? s->banner : SLICE("none")),
                         S(s->helo.len ? s->helo : SLICE("none"))));
}

static void remark_on_helo(struct remarks *r, const struct session *s) {
    if (s->helo.len && s->helo.ptr[0] != '[' && !is_full_name(s->helo))
        add(r, "helo", true,
            arena_printf(r->arena,
                         "the client called itself \"%.*s\", which is no full name; many receivers "
                         "refuse that",
                         S(s->helo)));
}

static void remark_on_tls(struct remarks *r, const struct session *s) {
    if (s->offers_tls)
        add(r, "starttls", false, SLICE("the server offers STARTTLS"));
    else if (s->extensions)
        add(r, "starttls", true,
            SLICE("the server does not offer STARTTLS: mail to it goes unencrypted, and senders that ask for "
                  "TLS do not send"));
}

static void remark_on_relay(struct remarks *r, const struct session *s) {
    bool is_foreign =
        s->taken_domain.len && s->banner.len && !organisation_is_same(s->taken_domain, s->banner);
    if (is_foreign && !s->has_login)
        add(r, "relay", true,
            arena_printf(r->arena,
                         "a recipient at %.*s was taken without a login: if that is none of this "
                         "server's own domains, it is an open relay, which is soon abused and listed",
                         S(s->taken_domain)));
}

struct remark *session_remarks(const struct session *session, struct arena *arena) {
    struct remarks r = {.arena = arena};
    r.end = &r.first;
    remark_on_banner(&r, session);
    remark_on_reverse(&r, session);
    remark_on_helo(&r, session);
    remark_on_tls(&r, session);
    remark_on_relay(&r, session);
    return r.first;
}
