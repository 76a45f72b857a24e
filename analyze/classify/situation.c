/* What is known when a reply is judged: see situation.h. */
#include "analyze/classify/situation.h"

const int *situation_code(const struct situation *s) {
    return s->reply->enhanced[0] || !s->status ? s->reply->enhanced : s->status;
}
