/* The ARC chain of a message, as a check. */
#include "analyze/auth/arc_check.h"

#include "analyze/auth/engine.h"

static void add_arc(struct check_list *list, const struct arc_verdict *arc) {
    static const enum check_outcome outcomes[] = {[ARC_NONE] = CHECK_PASS,
                                                  [ARC_PASS] = CHECK_PASS,
                                                  [ARC_FAIL] = CHECK_FAIL,
                                                  [ARC_UNCHECKED] = CHECK_UNCHECKED};
    _Static_assert(G_N_ELEMENTS(outcomes) == ARC_RESULTS, "an outcome for each");
    if (arc->result == ARC_NONE)
        return;
    struct slice text =
        TEXT(list, "the ARC chain of %u is %s: %.*s%s%.*s", arc->instances, arc_result_name(arc->result),
             S(arc->reason), arc->likely.len ? "; likely: " : "", S(arc->likely));
    check_add(list, &arc_check, outcomes[arc->result], arc_result_name(arc->result), SLICE_EMPTY, text);
}

static void check_arc(struct check_context *context) {
    struct auth *auth = context->auth;
    if (!context->mail)
        return;
    engine()->verify_arc(context->mail, &auth->resolver, &auth->arc);
    add_arc(&auth->checks, &auth->arc);
}

static struct slice found_for_claim(const struct auth *auth, const struct claim *claim) {
    (void)claim;
    return slice_of(arc_result_name(auth->arc.result));
}

const struct check_kind arc_check = {
    .id = "arc", .label = "ARC", .run = check_arc, .found_for_claim = found_for_claim, .is_of_message = true};
