/**
 * Recorded provider traffic for replay tests. The recordings are no part of the project: a test that wants them is
 * skipped, and says so, where the folder is absent. Recordings are never changed; what they say is data.
 */
package org.sluice.gateway.recorded;
