/** Which events were handed to consumer groups outside of Carelog: {@code docs/audit.md}, Disclosures. */
package org.carelog.audit.disclosure;
