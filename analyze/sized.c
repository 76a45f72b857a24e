/* Structs that grow: see sized.h. */
#include "analyze/sized.h"

#include <glib.h>
#include <string.h>

bool sized_take(void *ours, size_t size, const void *callers) {
    size_t given;
    memcpy(&given, callers, sizeof given);
    if (given < sizeof given)
        return false;
    memset(ours, 0, size);
    memcpy(ours, callers, MIN(size, given));
    for (size_t i = size; i < given; i++)
        if (((const char *)callers)[i])
            return false;
    memcpy(ours, &size, sizeof size);
    return true;
}

bool sized_give(void *callers, const void *ours, size_t size) {
    size_t given;
    memcpy(&given, callers, sizeof given);
    if (given < sizeof given)
        return false;
    memcpy(callers, ours, MIN(size, given));
    memcpy(callers, &given, sizeof given);
    return true;
}
