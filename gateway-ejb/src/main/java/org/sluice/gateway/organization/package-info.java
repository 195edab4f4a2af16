/**
 * What each organization has set for its calls.
 *
 * <p>Settings are read from the database into memory and replaced as a whole; a call looks at them once and never waits
 * for the database. A change is seen by every node within the refresh time.
 */
package org.sluice.gateway.organization;
