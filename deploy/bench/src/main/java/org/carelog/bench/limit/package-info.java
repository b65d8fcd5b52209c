/** What the machine does at most: HTTP without a database, the database without HTTP. */
package org.carelog.bench.limit;
