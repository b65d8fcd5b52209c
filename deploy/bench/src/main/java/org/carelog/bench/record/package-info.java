/** The records that the benchmark writes: copies of made-up people, each another person. */
package org.carelog.bench.record;
