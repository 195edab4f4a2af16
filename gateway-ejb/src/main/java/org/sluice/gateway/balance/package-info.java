/** Orders the targets that can answer a call: which is asked first, which next. */
package org.sluice.gateway.balance;
