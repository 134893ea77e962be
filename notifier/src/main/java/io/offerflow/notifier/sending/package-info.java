/** What mail and webhooks have in common: decoding of events, kinds, certificates. */
package io.offerflow.notifier.sending;
