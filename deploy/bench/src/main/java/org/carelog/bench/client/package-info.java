/** Clients that ask again and again, and how long they waited. Knows nothing of what is asked. */
package org.carelog.bench.client;
