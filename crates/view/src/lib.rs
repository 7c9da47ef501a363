//! What one seat may see of a snapshot
