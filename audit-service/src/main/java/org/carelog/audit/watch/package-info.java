/** How this service looks, again and again, at what happens elsewhere and is to be in the log. */
package org.carelog.audit.watch;
