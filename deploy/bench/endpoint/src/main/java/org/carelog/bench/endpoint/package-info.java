/** A program of its own, which the benchmark starts to learn what HTTP alone costs on the machine. */
package org.carelog.bench.endpoint;
