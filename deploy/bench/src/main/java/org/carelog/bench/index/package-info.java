/** Designs of the search index, tried beside each other in a database of their own: the measurements of docs/adr/0002. */
package org.carelog.bench.index;
