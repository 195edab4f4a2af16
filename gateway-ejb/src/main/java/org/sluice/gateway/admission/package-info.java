/**
 * Whether a call may go on to a provider, and what is held for it meanwhile.
 *
 * <p>Each {@link org.sluice.gateway.admission.CallGate} is asked once for a call, after its request is known to be sound and
 * before its record is begun: limits of the key, of the organization, of the customer. It refuses by throwing, or
 * returns a {@link org.sluice.gateway.admission.Hold}: room that is kept for the call. What the call really used settles the
 * hold, exactly once, however the call ends. {@link org.sluice.gateway.admission.CallAdmission} asks all gates; when one
 * refuses, those before it get their holds back.
 *
 * <p>Gates answer from memory: nothing here waits for the database. Threading: a gate is safe for all threads; the hold of a
 * call may be settled by another thread than its own.
 */
package org.sluice.gateway.admission;
