/* Part of builds with ThreadSanitizer: it does not see GLib's locks, which are no pthread ones, so it is told
 * of them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/tsan_interface.h>

/* GLib's own function of that name, behind ours. */
#define NEXT(name, ...) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))(__VA_ARGS__)

void g_mutex_lock(GMutex *mutex) {
    NEXT(g_mutex_lock, mutex);
    __tsan_acquire(mutex);
}

void g_mutex_unlock(GMutex *mutex) {
    __tsan_release(mutex);
    NEXT(g_mutex_unlock, mutex);
}

void g_cond_wait(GCond *cond, GMutex *mutex) {
    __tsan_release(mutex);
    NEXT(g_cond_wait, cond, mutex);
    __tsan_acquire(mutex);
}

#undef g_once_init_enter
#undef g_once_init_leave
gboolean g_once_init_enter(volatile void *location) {
    gboolean is_first = NEXT(g_once_init_enter, location);
    if (!is_first)
        __tsan_acquire((void *)(uintptr_t)location);
    return is_first;
}

void g_once_init_leave(volatile void *location, gsize result) {
    __tsan_release((void *)(uintptr_t)location);
    NEXT(g_once_init_leave, location, result);
}
