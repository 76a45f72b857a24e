/* gzip, and deflate without its header as members of zip archives are, by ISA-L (igzip), which takes a third
 * of zlib's time (in a module: module.h). */
#ifndef MAILWHY_CODEC_GZIP_H
#define MAILWHY_CODEC_GZIP_H

#include "parsers/base/codec.h"
#include "parsers/base/module.h"

extern const struct codec codec_gzip IN_MODULE;
extern const struct codec codec_deflate IN_MODULE;

#endif
