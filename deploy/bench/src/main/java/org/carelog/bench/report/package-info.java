/** What was measured, as tables, plots and JSON. */
package org.carelog.bench.report;
