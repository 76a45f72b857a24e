/* What Vade's filter writes of its reasons (X-VR-SPAMCAUSE and the like at OVH and Gandi), which it veils. */
#ifndef MAILWHY_VADE_CAUSE_H
#define MAILWHY_VADE_CAUSE_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* The text: "Vade Retro 01.401.66 … Bailout: 300; Phishing-Ipnetwork (300)"; empty: it is not veiled in this
 * way. Two letters stand for a character: their sum, less what one of them, by turns the second and the
 * first, says (worked out by others, as in Gwalrock/hacking-utilidades on
 * GitHub, and checked here on fields posted to lists). */
struct slice vade_cause_read(struct slice value, struct arena *arena);

#endif
