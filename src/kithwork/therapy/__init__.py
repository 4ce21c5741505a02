"""Where therapist and client work together: one folder a room, each a complete slice."""
