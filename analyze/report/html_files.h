/* The style and the script of HTML pages, page.css and page.js, as the build put them in (cmake/embed.cmake).
 */
#ifndef MAILWHY_HTML_FILES_H
#define MAILWHY_HTML_FILES_H

extern const char html_style[], html_script[];

#endif
